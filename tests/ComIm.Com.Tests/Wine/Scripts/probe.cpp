// probe.exe: asks COM what it knows of ComIm after registration; prints "wrong: ..." for each surprise.
#include <initguid.h>
#include <windows.h>
#include <olectl.h>
#include <cstdio>
#include "ComIm.h"

static const GUID NoId = {};

static void Check(const char *what, bool right, HRESULT code = 0)
{
    if (!right) printf("wrong: %s (0x%08lx)\n", what, (unsigned long)code);
}

static void Dispatch(IDispatch *app)
{
    UINT count = 0;
    ITypeInfo *info = nullptr;
    HRESULT code = app->GetTypeInfoCount(&count);
    Check("type information", code == S_OK && count == 1, code);
    code = app->GetTypeInfo(0, 0, &info);
    Check("GetTypeInfo", code == S_OK && info, code);
    TYPEATTR *attributes = nullptr;
    if (info && SUCCEEDED(info->GetTypeAttr(&attributes)))
    {
        Check("type information of the default interface", attributes->guid == IID_IComImApplication);
        info->ReleaseTypeAttr(attributes);
    }

    // Garbage in the result must not be released, and named arguments must be found.
    LPOLESTR names[] = {(LPOLESTR)L"signin", (LPOLESTR)L"TRANSPORT"};
    DISPID ids[2];
    code = app->GetIDsOfNames(NoId, names, 2, 0, ids);
    Check("names", code == S_OK && ids[0] == 1 && ids[1] == 3, code);
    LPOLESTR nonsense = (LPOLESTR)L"nonsense";
    Check("unknown name", app->GetIDsOfNames(NoId, &nonsense, 1, 0, ids) == DISP_E_UNKNOWNNAME);

    VARIANT state;
    memset(&state, 0xCD, sizeof state);
    DISPPARAMS none = {};
    code = app->Invoke(3, NoId, 0, DISPATCH_PROPERTYGET, &none, &state, nullptr, nullptr);
    Check("State", code == S_OK && state.vt == VT_BSTR && !wcscmp(state.bstrVal, L"SignedOut"), code);
    VariantClear(&state);

    VARIANT arguments[2] = {};
    arguments[0].vt = arguments[1].vt = VT_BSTR;
    arguments[0].bstrVal = SysAllocString(L"text");
    arguments[1].bstrVal = SysAllocString(L"sip:bob@example.com");
    DISPPARAMS two = {arguments, nullptr, 2, 0};
    EXCEPINFO error = {};
    code = app->Invoke(5, NoId, 0, DISPATCH_METHOD, &two, nullptr, &error, nullptr);
    Check("EXCEPINFO", code == DISP_E_EXCEPTION && error.scode == (SCODE)0x80EE006D && error.bstrDescription, code);
}

static void Events(IUnknown *app)
{
    IConnectionPointContainer *container = nullptr;
    IEnumConnectionPoints *points = nullptr;
    IConnectionPoint *point = nullptr;
    ULONG fetched = 0;
    HRESULT code = app->QueryInterface(IID_IConnectionPointContainer, (void **)&container);
    Check("IConnectionPointContainer", code == S_OK, code);
    if (!container) return;
    code = container->EnumConnectionPoints(&points);
    if (SUCCEEDED(code)) code = points->Next(1, &point, &fetched);
    IID iid = {};
    if (point) point->GetConnectionInterface(&iid);
    Check("EnumConnectionPoints", code == S_OK && fetched == 1 && iid == DIID__IComImEvents, code);
    code = container->FindConnectionPoint(IID_IDispatch, &point);
    Check("a source interface that is not there", code == CONNECT_E_NOCONNECTION, code);
    IProvideClassInfo *provider = nullptr;
    ITypeInfo *info = nullptr;
    code = app->QueryInterface(IID_IProvideClassInfo, (void **)&provider);
    if (SUCCEEDED(code)) code = provider->GetClassInfo(&info);
    Check("class information", code == S_OK && info, code);
}

static void VtableErrors(IComImApplication *app)
{
    IComImMessage *message = nullptr;
    HRESULT code = app->SendMessage(SysAllocString(L"sip:bob@example.com"), SysAllocString(L"text"), &message);
    IErrorInfo *error = nullptr;
    BSTR description = nullptr;
    if (GetErrorInfo(0, &error) == S_OK) error->GetDescription(&description);
    Check("a vtable error", code == (HRESULT)0x80EE006D && description && wcsstr(description, L"SignIn"), code);
}

int wmain()
{
    setvbuf(stdout, nullptr, _IONBF, 0);
    CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
    CLSID id;
    HRESULT code = CLSIDFromProgID(L"ComIm.Application", &id);
    Check("ProgID", code == S_OK && id == CLSID_Application, code);
    code = CLSIDFromProgID(L"ComIm.Application.1", &id);
    Check("versioned ProgID", code == S_OK && id == CLSID_Application, code);
    ITypeLib *library = nullptr;
    code = LoadRegTypeLib(LIBID_ComIm, 0, 1, 0, &library);
    Check("type library", code == S_OK, code);

    // As script engines ask: IID_IDispatch at once.
    IDispatch *dispatch = nullptr;
    code = CoCreateInstance(CLSID_Application, nullptr, CLSCTX_INPROC_SERVER, IID_IDispatch, (void **)&dispatch);
    Check("CoCreateInstance(IID_IDispatch)", code == S_OK, code);
    IComImApplication *app = nullptr;
    if (dispatch)
    {
        code = dispatch->QueryInterface(IID_IComImApplication, (void **)&app);
        Check("the dual interface", code == S_OK, code);
        Dispatch(dispatch);
        Events(dispatch);
        if (app) VtableErrors(app);
    }
    printf("probe.exe: done\n");
    return 0;
}
