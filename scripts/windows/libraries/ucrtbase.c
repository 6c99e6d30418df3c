/* The C runtime. The complex functions, which Wine has only as stubs, are mingw's own (see ../libraries.py).
 *
 * _locking: Wine's fails without an errno. Windows sets EACCES, or EDEADLK where it waited for ten seconds. */
#include <errno.h>
#include <sys/locking.h>

int _locking(int file, int mode, long bytes);

int our__locking(int file, int mode, long bytes)
{
    if (_locking(file, mode, bytes) == 0)
        return 0;
    *_errno() = (mode == _LK_LOCK || mode == _LK_RLCK) ? EDEADLK : EACCES;
    return -1;
}

/* mingw has these two in another library of its own. */
double sin(double x), cos(double x);
float sinf(float x), cosf(float x);
void sincos(double x, double *sine, double *cosine) { *sine = sin(x); *cosine = cos(x); }
void sincosf(float x, float *sine, float *cosine) { *sine = sinf(x); *cosine = cosf(x); }
