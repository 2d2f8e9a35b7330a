// What this process holds.
#pragma once
#include "ucc.h"
#include <psapi.h>
#include <winternl.h>

struct ProcessFigures
{
    unsigned long handles, threads, kilobytes;
};

// GetProcessHandleCount says nothing under Wine 8; the list of all processes does.
static ProcessFigures figures_of_process()
{
    // Before the list takes its own place.
    PROCESS_MEMORY_COUNTERS memory = {};
    memory.cb = sizeof memory;
    K32GetProcessMemoryInfo(GetCurrentProcess(), &memory, sizeof memory);

    auto query = reinterpret_cast<decltype(&NtQuerySystemInformation)>(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQuerySystemInformation"));
    std::vector<BYTE> list(1 << 20);
    ULONG size = 0;
    if (query(SystemProcessInformation, list.data(), static_cast<ULONG>(list.size()), &size) < 0) fail("NtQuerySystemInformation");
    auto process = reinterpret_cast<SYSTEM_PROCESS_INFORMATION *>(list.data());
    while (reinterpret_cast<ULONG_PTR>(process->UniqueProcessId) != GetCurrentProcessId())
    {
        if (!process->NextEntryOffset) fail("this process is not in the list");
        process = reinterpret_cast<SYSTEM_PROCESS_INFORMATION *>(reinterpret_cast<BYTE *>(process) + process->NextEntryOffset);
    }
    return {process->HandleCount, process->NumberOfThreads, static_cast<unsigned long>(memory.WorkingSetSize / 1024)};
}
