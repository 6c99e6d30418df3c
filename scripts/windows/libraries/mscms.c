/* Colour management. Qt asks each new window's screen for its profile, and Wine's WcsCreateIccProfile is a stub that
 * ends the program: a screen without a profile is what most computers have. */
#include <windows.h>

HANDLE WINAPI our_WcsCreateIccProfile(HANDLE wcs_profile, DWORD options)
{
    SetLastError(ERROR_NOT_SUPPORTED);
    return NULL;
}
