// Prints a type library as ITypeLib tells it, one line for each fact: typelib LIBRARY. The lines are those that
// UccApi/TypeLibraryLines.cs makes of the data. Ends with the line "typelib: done".
#include <windows.h>
#include <oleauto.h>
#include <cstdio>
#include <map>
#include <string>

static std::string narrow(const wchar_t *text)
{
    std::string result;
    for (; text && *text; text++) result += static_cast<char>(*text);
    return result;
}

static std::string guid(REFGUID id)
{
    wchar_t text[40];
    StringFromGUID2(id, text, 40);
    auto result = narrow(text);
    for (auto &letter : result) letter = static_cast<char>(tolower(letter));
    return result.substr(1, 36);
}

static std::string name_of(ITypeInfo *info, MEMBERID id = MEMBERID_NIL)
{
    BSTR text = nullptr;
    info->GetDocumentation(id, &text, nullptr, nullptr, nullptr);
    auto result = narrow(text);
    SysFreeString(text);
    return result;
}

static std::string referred(ITypeInfo *info, HREFTYPE reference)
{
    ITypeInfo *other = nullptr;
    if (FAILED(info->GetRefTypeInfo(reference, &other))) return "?";
    auto result = name_of(other);
    other->Release();
    return result;
}

static std::string type_of(ITypeInfo *info, const TYPEDESC &type)
{
    static const std::map<VARTYPE, const char *> names = {
        {VT_I2, "short"}, {VT_I4, "long"}, {VT_INT, "int"}, {VT_UI4, "unsigned long"}, {VT_UI8, "unsigned hyper"},
        {VT_DATE, "DATE"}, {VT_BSTR, "BSTR"}, {VT_BOOL, "VARIANT_BOOL"}, {VT_VARIANT, "VARIANT"}, {VT_UNKNOWN, "IUnknown*"},
        {VT_DISPATCH, "IDispatch*"}, {VT_HRESULT, "HRESULT"}, {VT_VOID, "void"}};
    if (type.vt == VT_PTR) return type_of(info, *type.lptdesc) + "*";
    if (type.vt == VT_USERDEFINED) return referred(info, type.hreftype);
    auto found = names.find(type.vt);
    return found == names.end() ? "VT " + std::to_string(type.vt) : found->second;
}

static std::string direction(USHORT flags)
{
    std::string result;
    auto add = [&](USHORT flag, const char *word) { if (flags & flag) result += (result.empty() ? "" : " ") + std::string(word); };
    add(PARAMFLAG_FIN, "in");
    add(PARAMFLAG_FOUT, "out");
    add(PARAMFLAG_FRETVAL, "retval");
    add(PARAMFLAG_FOPT, "optional");
    return result;
}

static void print_functions(ITypeInfo *info, const std::string &owner, const TYPEATTR *type)
{
    for (UINT i = 0; i < type->cFuncs; i++)
    {
        FUNCDESC *function = nullptr;
        if (FAILED(info->GetFuncDesc(i, &function))) continue;
        const char *kind = function->invkind == INVOKE_PROPERTYGET ? "propget" : function->invkind == INVOKE_PROPERTYPUT ? "propput" : "method";
        BSTR names[32] = {};
        UINT count = 0;
        info->GetNames(function->memid, names, 32, &count);
        // Where the two accessors of a property share an id, GetNames answers for the first; a value put has no name.
        bool is_put = function->invkind == INVOKE_PROPERTYPUT;
        std::string parameters;
        for (int p = 0; p < function->cParams; p++)
        {
            auto &element = function->lprgelemdescParam[p];
            bool is_value = is_put && p + 1 == function->cParams;
            auto name = is_value || static_cast<UINT>(p + 1) >= count ? std::string() : narrow(names[p + 1]);
            parameters += (p ? ", " : "") + direction(element.paramdesc.wParamFlags) + " " + type_of(info, element.tdesc) + " " + name;
        }

        int slot = function->funckind == FUNC_DISPATCH ? -1 : static_cast<int>(function->oVft / sizeof(void *));
        printf("member %s %d %s %s %ld (%s) %s%s\n", owner.c_str(), slot, kind, narrow(names[0]).c_str(), static_cast<long>(function->memid),
            parameters.c_str(), type_of(info, function->elemdescFunc.tdesc).c_str(), function->wFuncFlags & FUNCFLAG_FRESTRICTED ? " restricted" : "");
        for (UINT n = 0; n < count; n++) SysFreeString(names[n]);
        info->ReleaseFuncDesc(function);
    }
}

static void print_values(ITypeInfo *info, const std::string &owner, const TYPEATTR *type)
{
    for (UINT i = 0; i < type->cVars; i++)
    {
        VARDESC *variable = nullptr;
        if (FAILED(info->GetVarDesc(i, &variable))) continue;
        printf("value %s %s %ld\n", owner.c_str(), name_of(info, variable->memid).c_str(), static_cast<long>(V_I4(variable->lpvarValue)));
        info->ReleaseVarDesc(variable);
    }
}

static void print_class(ITypeInfo *info, const std::string &owner, const TYPEATTR *type)
{
    printf("class %s %s%s\n", owner.c_str(), guid(type->guid).c_str(), type->wTypeFlags & TYPEFLAG_FCANCREATE ? " creatable" : "");
    for (UINT i = 0; i < type->cImplTypes; i++)
    {
        HREFTYPE reference = 0;
        INT flags = 0;
        info->GetRefTypeOfImplType(i, &reference);
        info->GetImplTypeFlags(i, &flags);
        printf("implements %s %s%s%s\n", owner.c_str(), referred(info, reference).c_str(),
            flags & IMPLTYPEFLAG_FDEFAULT ? " default" : "", flags & IMPLTYPEFLAG_FSOURCE ? " source" : "");
    }
}

static void print_interface(ITypeInfo *info, const std::string &owner, TYPEATTR *type)
{
    bool is_events = type->typekind == TKIND_DISPATCH && !(type->wTypeFlags & TYPEFLAG_FDUAL);
    ITypeInfo *vtable = nullptr;
    HREFTYPE reference = 0;
    // The other half of a dual interface has the vtable.
    if (type->typekind == TKIND_DISPATCH && !is_events
        && SUCCEEDED(info->GetRefTypeOfImplType(static_cast<UINT>(-1), &reference)) && SUCCEEDED(info->GetRefTypeInfo(reference, &vtable)))
    {
        TYPEATTR *other = nullptr;
        vtable->GetTypeAttr(&other);
        print_interface(vtable, owner, other);
        vtable->ReleaseTypeAttr(other);
        vtable->Release();
        return;
    }

    info->GetRefTypeOfImplType(0, &reference);
    std::string flags;
    if (type->wTypeFlags & TYPEFLAG_FDUAL) flags += " dual";
    if (type->wTypeFlags & TYPEFLAG_FOLEAUTOMATION) flags += " oleautomation";
    if (type->wTypeFlags & TYPEFLAG_FNONEXTENSIBLE) flags += " nonextensible";
    printf("%s %s %s : %s%s\n", is_events ? "dispinterface" : "interface", owner.c_str(), guid(type->guid).c_str(),
        referred(info, reference).c_str(), flags.c_str());
    print_functions(info, owner, type);
}

static void print_type(ITypeInfo *info)
{
    TYPEATTR *type = nullptr;
    if (FAILED(info->GetTypeAttr(&type))) return;
    auto name = name_of(info);
    switch (type->typekind)
    {
        case TKIND_ENUM:
            printf("enum %s\n", name.c_str());
            print_values(info, name, type);
            break;
        case TKIND_COCLASS:
            print_class(info, name, type);
            break;
        case TKIND_INTERFACE:
        case TKIND_DISPATCH:
            print_interface(info, name, type);
            break;
        default:
            printf("other %s %d\n", name.c_str(), type->typekind);
            break;
    }

    info->ReleaseTypeAttr(type);
}

int wmain(int argc, wchar_t **argv)
{
    ITypeLib *library = nullptr;
    HRESULT result = argc < 2 ? E_INVALIDARG : LoadTypeLibEx(argv[1], REGKIND_NONE, &library);
    if (FAILED(result))
    {
        printf("typelib: failed %08lx\n", static_cast<unsigned long>(result));
        return 1;
    }

    TLIBATTR *attributes = nullptr;
    library->GetLibAttr(&attributes);
    BSTR name = nullptr;
    library->GetDocumentation(-1, &name, nullptr, nullptr, nullptr);
    printf("library %s %s %d.%d %d bit\n", narrow(name).c_str(), guid(attributes->guid).c_str(), attributes->wMajorVerNum,
        attributes->wMinorVerNum, attributes->syskind == SYS_WIN64 ? 64 : 32);
    library->ReleaseTLibAttr(attributes);
    for (UINT i = 0; i < library->GetTypeInfoCount(); i++)
    {
        ITypeInfo *info = nullptr;
        if (SUCCEEDED(library->GetTypeInfo(i, &info)))
        {
            print_type(info);
            info->Release();
        }
    }

    printf("typelib: done\n");
    return 0;
}
