/* Called when a library is loaded. */
int __stdcall entry(void *library, unsigned reason, void *reserved) { return 1; }
