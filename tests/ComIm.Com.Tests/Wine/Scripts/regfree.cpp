// regfree: finds ComIm by the manifest beside this program, where nothing is registered.
#include "ucc.h"

int wmain()
{
    program = "regfree";
    setvbuf(stdout, nullptr, _IONBF, 0);
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    auto platform = create<IUccPlatform>(__uuidof(UccPlatform));
    must("Initialize", platform->Initialize(Text(L"regfree"), nullptr));
    advise<_IUccPlatformEvents>(platform);
    must("Shutdown", platform->Shutdown(nullptr));
    check("OnShutdown", status_of(wait_for(L"OnShutdown")) == S_OK);
    CLSID id;
    must("CLSIDFromProgID", CLSIDFromProgID(L"ComIm.UccUriManager", &id));
    Ref<IUccUri> uri;
    must("ParseUri", create<IUccUriManager>(id)->ParseUri(Text(L"sip:alice@example.com"), &uri));
    printf("regfree: done\n");
    return 0;
}
