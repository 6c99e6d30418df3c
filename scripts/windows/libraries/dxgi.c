/* The list of graphics cards, which is empty while the variable GRAPHICS is "no": a computer without one. */
#define COBJMACROS
#define CINTERFACE
#include <windows.h>
#include <initguid.h>
#include <dxgi1_6.h>

#include "replace.h"

static HRESULT STDMETHODCALLTYPE no_adapter(IDXGIFactory6 *self, UINT index, void **adapter)
{
    *adapter = NULL;
    return DXGI_ERROR_NOT_FOUND;
}

static HRESULT STDMETHODCALLTYPE no_preferred_adapter(
    IDXGIFactory6 *self, UINT index, DXGI_GPU_PREFERENCE preference, REFIID interface_id, void **adapter)
{
    return no_adapter(self, index, adapter);
}

static HRESULT hide_adapters(HRESULT created, void **factory)
{
    char value[8];
    IDXGIFactory6 *newest;

    if (FAILED(created) || !GetEnvironmentVariableA("GRAPHICS", value, sizeof value) || lstrcmpA(value, "no") != 0)
        return created;
    if (SUCCEEDED(IUnknown_QueryInterface((IUnknown *)*factory, &IID_IDXGIFactory6, (void **)&newest))) {
        replace(&newest->lpVtbl->EnumAdapters, no_adapter);
        replace(&newest->lpVtbl->EnumAdapters1, no_adapter);
        replace(&newest->lpVtbl->EnumAdapterByGpuPreference, no_preferred_adapter);
        IDXGIFactory6_Release(newest);
    }
    return created;
}

HRESULT WINAPI our_CreateDXGIFactory(REFIID interface_id, void **factory)
{
    HRESULT (WINAPI *create)(REFIID, void **) = wine_function("dxgi", "CreateDXGIFactory");
    return hide_adapters(create(interface_id, factory), factory);
}

HRESULT WINAPI our_CreateDXGIFactory1(REFIID interface_id, void **factory)
{
    HRESULT (WINAPI *create)(REFIID, void **) = wine_function("dxgi", "CreateDXGIFactory1");
    return hide_adapters(create(interface_id, factory), factory);
}

HRESULT WINAPI our_CreateDXGIFactory2(UINT flags, REFIID interface_id, void **factory)
{
    HRESULT (WINAPI *create)(UINT, REFIID, void **) = wine_function("dxgi", "CreateDXGIFactory2");
    return hide_adapters(create(flags, interface_id, factory), factory);
}
