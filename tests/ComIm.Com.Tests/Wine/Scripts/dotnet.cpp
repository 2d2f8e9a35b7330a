// dotnet PROGRAM.dll ARGUMENTS...: what dotnet.exe does, which the runtime packages of the registry do not have.
#include <windows.h>
#include <cstdio>
#include <string>

static const std::wstring Root = L"C:\\Program Files\\dotnet";

int wmain(int argc, const wchar_t **argv)
{
    WIN32_FIND_DATAW version;
    HANDLE search = FindFirstFileW((Root + L"\\host\\fxr\\10.*").c_str(), &version);
    if (search == INVALID_HANDLE_VALUE)
    {
        printf("dotnet: failed: there is no .NET 10\n");
        return 1;
    }

    HMODULE resolver = LoadLibraryW((Root + L"\\host\\fxr\\" + version.cFileName + L"\\hostfxr.dll").c_str());
    auto start = reinterpret_cast<int (*)(int, const wchar_t **, const wchar_t *, const wchar_t *, const wchar_t *)>(
        reinterpret_cast<void *>(GetProcAddress(resolver, "hostfxr_main_startupinfo")));
    std::wstring program = Root + L"\\dotnet.exe", application = Root + L"\\dotnet.dll";
    return start(argc, argv, program.c_str(), Root.c_str(), application.c_str());
}
