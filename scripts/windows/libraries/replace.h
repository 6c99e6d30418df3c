/* What the replacements share: Wine's own function of a name, and an entry of a COM object's table. */
static void *wine_function(const char *library, const char *name)
{
    char file[32];
    lstrcpyA(file, library);
    lstrcatA(file, "wine.dll");
    return (void *)GetProcAddress(LoadLibraryA(file), name);
}

/* The table belongs to all objects of a class, so this is done once for each. */
static void replace(void *entry, void *function)
{
    void **place = entry;
    DWORD before;

    if (*place == function)
        return;
    VirtualProtect(place, sizeof *place, PAGE_READWRITE, &before);
    *place = function;
    VirtualProtect(place, sizeof *place, before, &before);
}
