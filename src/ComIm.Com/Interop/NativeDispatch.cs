using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>Calls the IDispatch of others through its vtable, without the runtime's wrappers.</summary>
internal static unsafe class NativeDispatch
{
    private const int GetIdsOfNamesSlot = 5;
    private const int InvokeSlot = 6;
    private const int ExtendedGetDispIdSlot = 7;
    private const int CaseSensitive = 1;
    private const int CaseInsensitive = 8;
    private const int UserDefaultLocale = 0x0400;

    private static readonly Guid ExtendedDispatch = new("A6EF9860-C720-11D0-9337-00A0C90DCAA9");

    /// <summary>
    /// Whether the object is one of a script engine: those answer IDispatchEx, or at least say of a name that they do
    /// not have it, where a sink that knows only DISPIDs says that it has no names.
    /// </summary>
    public static bool IsScriptObject(nint dispatch)
    {
        int id;
        if (GetIdOfName(dispatch, "OnComImEvent", &id) == HResults.UnknownName)
        {
            return true;
        }

        if (Marshal.QueryInterface(dispatch, ExtendedDispatch, out var extended) < 0)
        {
            return false;
        }

        Marshal.Release(extended);
        return true;
    }

    /// <summary>Finds a member by name; null where there is none.</summary>
    public static int? FindId(nint dispatch, string name) =>
        FindExtended(dispatch, name) is { } id ? id : FindPlain(dispatch, name);

    /// <summary>Calls a member as a method, ignoring its result.</summary>
    /// <param name="dispatch">The object.</param>
    /// <param name="dispId">The member.</param>
    /// <param name="arguments">In the order in which they are declared.</param>
    /// <returns>The HRESULT.</returns>
    public static int Invoke(nint dispatch, int dispId, object?[] arguments) =>
        Invoke(dispatch, dispId, DispatchKinds.Method, arguments, null, null);

    /// <summary>Calls a member and reads what it gives, or what went wrong.</summary>
    /// <param name="dispatch">The object.</param>
    /// <param name="dispId">The member.</param>
    /// <param name="kinds">Whether it is called, or read.</param>
    /// <param name="arguments">In the order in which they are declared.</param>
    public static CallResult Call(nint dispatch, int dispId, DispatchKinds kinds, object?[] arguments)
    {
        Variant value = default;
        ExceptionInfo error = default;
        try
        {
            var hresult = Invoke(dispatch, dispId, kinds, arguments, &value, &error);
            return hresult >= 0
                ? new CallResult(hresult, VariantReader.Read(&value), null)
                : new CallResult(
                    hresult == HResults.Exception && error.SCode < 0 ? error.SCode : hresult, null, Text(error.Description));
        }
        finally
        {
            VariantWriter.Clear(&value);
            Marshal.FreeBSTR(error.Source);
            Marshal.FreeBSTR(error.Description);
            Marshal.FreeBSTR(error.HelpFile);
        }
    }

    private static string? Text(nint bstr) => bstr == 0 ? null : Marshal.PtrToStringBSTR(bstr);

    private static int Invoke(
        nint dispatch, int dispId, DispatchKinds kinds, object?[] arguments, Variant* result, ExceptionInfo* error)
    {
        var variants = stackalloc Variant[Math.Max(1, arguments.Length)];
        new Span<Variant>(variants, arguments.Length).Clear();
        try
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                VariantWriter.Write(arguments[i], variants + (arguments.Length - 1 - i));
            }

            var parameters = new DispatchParameters { Values = variants, Count = arguments.Length };
            var none = Guid.Empty;
            var invoke = (delegate* unmanaged[Stdcall]<
                nint, int, Guid*, int, ushort, DispatchParameters*, Variant*, ExceptionInfo*, uint*, int>)Slots(dispatch)[InvokeSlot];
            return invoke(dispatch, dispId, &none, UserDefaultLocale, (ushort)kinds, &parameters, result, error, null);
        }
        finally
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                VariantWriter.Clear(variants + i);
            }
        }
    }

    // Wine's VBScript classes answer only the extended form; case-insensitive search is not implemented everywhere, and
    // what JScript means by it is nothing: its names are case-sensitive.
    private static int? FindExtended(nint dispatch, string name)
    {
        if (Marshal.QueryInterface(dispatch, ExtendedDispatch, out var extended) < 0)
        {
            return null;
        }

        var bstr = Marshal.StringToBSTR(name);
        try
        {
            var getDispId = (delegate* unmanaged[Stdcall]<nint, nint, int, int*, int>)Slots(extended)[ExtendedGetDispIdSlot];
            int id;
            return getDispId(extended, bstr, CaseSensitive, &id) >= 0 || getDispId(extended, bstr, CaseInsensitive, &id) >= 0
                ? id
                : null;
        }
        finally
        {
            Marshal.FreeBSTR(bstr);
            Marshal.Release(extended);
        }
    }

    private static int? FindPlain(nint dispatch, string name)
    {
        int id;
        return GetIdOfName(dispatch, name, &id) >= 0 ? id : null;
    }

    private static int GetIdOfName(nint dispatch, string name, int* id)
    {
        fixed (char* text = name)
        {
            var names = text;
            var none = Guid.Empty;
            var getIdsOfNames =
                (delegate* unmanaged[Stdcall]<nint, Guid*, char**, int, int, int*, int>)Slots(dispatch)[GetIdsOfNamesSlot];
            return getIdsOfNames(dispatch, &none, &names, 1, UserDefaultLocale, id);
        }
    }

    private static void** Slots(nint unknown) => *(void***)unknown;
}
