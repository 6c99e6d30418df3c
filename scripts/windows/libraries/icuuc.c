/* ICU, which Windows has since version 1703 and Wine does not: Qt uses it to convert texts of rare encodings, and its
 * own converters where ICU knows none. */
enum { NOT_SUPPORTED = 16 /* U_UNSUPPORTED_ERROR */ };

/* Nothing is ever converted, as no converter can be opened; these are only there for Qt to find. */
#define UNUSED(name) void name(void) {}
UNUSED(ucnv_close) UNUSED(ucnv_reset) UNUSED(ucnv_toUnicode) UNUSED(ucnv_fromUnicode)
UNUSED(ucnv_cbFromUWriteUChars) UNUSED(ucnv_cbToUWriteUChars)
UNUSED(ucnv_getFromUCallBack) UNUSED(ucnv_getToUCallBack) UNUSED(ucnv_setFromUCallBack) UNUSED(ucnv_setToUCallBack)
UNUSED(UCNV_FROM_U_CALLBACK_SUBSTITUTE) UNUSED(UCNV_TO_U_CALLBACK_SUBSTITUTE)

void *ucnv_open(const char *name, int *error) { *error = NOT_SUPPORTED; return 0; }
const char *ucnv_getName(void *converter, int *error) { *error = NOT_SUPPORTED; return 0; }
const char *ucnv_getStandardName(const char *name, const char *standard, int *error) { *error = NOT_SUPPORTED; return 0; }
int ucnv_toUCountPending(void *converter, int *error) { *error = NOT_SUPPORTED; return 0; }
int ucnv_fromUCountPending(void *converter, int *error) { *error = NOT_SUPPORTED; return 0; }
int ucnv_countAvailable(void) { return 0; }
const char *ucnv_getAvailableName(int index) { return 0; }
signed char ucnv_getMaxCharSize(void *converter) { return 4; }
