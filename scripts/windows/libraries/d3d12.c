/* Direct3D 12, with two things of Windows that Wine lacks and DirectML needs.
 *
 * Meta-commands: DirectML lists the optional commands that a driver brings when it is created, and gives up because
 * Wine's ID3D12Device5::EnumerateMetaCommands is not implemented. A driver may have none.
 *
 * One device for each adapter: Windows returns the device that exists, and an error once it was removed. onnxruntime
 * keeps its queue and DirectML's device in the private data of the Direct3D device, in a circle that holds it; with
 * Wine's, which makes another device for each call, each session would leave 175 MB of compiled shaders behind. */
#define COBJMACROS
#define CINTERFACE
#include <windows.h>
#include <initguid.h>
#include <d3d12.h>
#include <dxgi1_6.h>

#include "replace.h"

static struct { LUID adapter; ID3D12Device *device; } known[16];
static unsigned count;
static SRWLOCK lock = SRWLOCK_INIT;

static HRESULT STDMETHODCALLTYPE no_meta_commands(ID3D12Device5 *self, UINT *number, D3D12_META_COMMAND_DESC *all)
{
    *number = 0;
    return S_OK;
}

/* Zero stands for the first adapter, which callers mean by none. */
static LUID id_of(IUnknown *adapter)
{
    DXGI_ADAPTER_DESC description;
    LUID id = {0, 0};
    IDXGIAdapter *found;

    if (adapter && SUCCEEDED(IUnknown_QueryInterface(adapter, &IID_IDXGIAdapter, (void **)&found))) {
        if (SUCCEEDED(IDXGIAdapter_GetDesc(found, &description)))
            id = description.AdapterLuid;
        IDXGIAdapter_Release(found);
    }
    return id;
}

static HRESULT create(IUnknown *adapter, D3D_FEATURE_LEVEL least, ID3D12Device **device)
{
    HRESULT (WINAPI *wines)(IUnknown *, D3D_FEATURE_LEVEL, REFIID, void **) = wine_function("d3d12", "D3D12CreateDevice");
    HRESULT result = wines(adapter, least, &IID_ID3D12Device, (void **)device);
    ID3D12Device5 *newer;

    if (SUCCEEDED(result) && SUCCEEDED(ID3D12Device_QueryInterface(*device, &IID_ID3D12Device5, (void **)&newer))) {
        replace(&newer->lpVtbl->EnumerateMetaCommands, no_meta_commands);
        ID3D12Device5_Release(newer);
    }
    return result;
}

/* The devices are kept until the program ends, as onnxruntime does. */
static HRESULT only_device(IUnknown *adapter, D3D_FEATURE_LEVEL least, ID3D12Device **device)
{
    LUID id = id_of(adapter);
    HRESULT result;

    for (unsigned i = 0; i < count; i++)
        if (known[i].adapter.LowPart == id.LowPart && known[i].adapter.HighPart == id.HighPart) {
            *device = known[i].device;
            return FAILED(ID3D12Device_GetDeviceRemovedReason(*device)) ? DXGI_ERROR_DEVICE_REMOVED : S_OK;
        }
    result = create(adapter, least, device);
    if (SUCCEEDED(result) && count < ARRAYSIZE(known)) {
        known[count].adapter = id;
        known[count++].device = *device;
    }
    return result;
}

HRESULT WINAPI our_D3D12CreateDevice(IUnknown *adapter, D3D_FEATURE_LEVEL least, REFIID interface_id, void **device)
{
    ID3D12Device *found;
    HRESULT result;

    AcquireSRWLockExclusive(&lock);
    result = only_device(adapter, least, &found);
    if (SUCCEEDED(result) && device) /* without a place for it, the caller asks whether it could be created */
        result = ID3D12Device_QueryInterface(found, interface_id, device);
    ReleaseSRWLockExclusive(&lock);
    return result;
}
