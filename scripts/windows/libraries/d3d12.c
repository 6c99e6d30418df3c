/* Direct3D 12. DirectML lists a device's meta-commands, the optional ones that its driver brings, when it is created
 * and gives up because Wine's ID3D12Device5::EnumerateMetaCommands is not implemented. A driver may have none. */
#define COBJMACROS
#define CINTERFACE
#include <windows.h>
#include <initguid.h>
#include <d3d12.h>

#include "replace.h"

static HRESULT STDMETHODCALLTYPE no_meta_commands(ID3D12Device5 *self, UINT *count, D3D12_META_COMMAND_DESC *all)
{
    *count = 0;
    return S_OK;
}

HRESULT WINAPI our_D3D12CreateDevice(IUnknown *adapter, D3D_FEATURE_LEVEL least, REFIID interface_id, void **device)
{
    HRESULT (WINAPI *create)(IUnknown *, D3D_FEATURE_LEVEL, REFIID, void **) = wine_function("d3d12", "D3D12CreateDevice");
    HRESULT result = create(adapter, least, interface_id, device);
    ID3D12Device5 *newer;

    /* Without a place for the device the caller only asks whether one could be created. */
    if (FAILED(result) || !device || FAILED(IUnknown_QueryInterface((IUnknown *)*device, &IID_ID3D12Device5, (void **)&newer)))
        return result;
    replace(&newer->lpVtbl->EnumerateMetaCommands, no_meta_commands);
    ID3D12Device5_Release(newer);
    return result;
}
