using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>The border between IDispatch's memory and <see cref="DispatchTable"/>: nothing thrown passes it.</summary>
internal static unsafe class DispatchFrame
{
    /// <summary>IDispatch::GetIDsOfNames: the first name is the member's, the others its parameters'.</summary>
    public static int GetIdsOfNames(DispatchTable table, nint names, int count, nint dispIds)
    {
        var result = HResults.Ok;
        DispatchMember? member = null;
        for (var i = 0; i < count; i++)
        {
            var name = Marshal.PtrToStringUni(((nint*)names)[i]) ?? "";
            int? id;
            if (i == 0)
            {
                member = table.Find(name);
                id = member?.DispId;
            }
            else
            {
                id = member?.FindParameter(name) is >= 0 and var position ? position : null;
            }

            // DISPID_UNKNOWN
            ((int*)dispIds)[i] = id ?? -1;
            result = id == null ? HResults.UnknownName : result;
        }

        return result;
    }

    /// <summary>IDispatch::Invoke.</summary>
    public static int Invoke(
        DispatchTable table, object target, int dispId, DispatchKinds kinds,
        DispatchParameters* parameters, Variant* result, ExceptionInfo* exceptionInfo, uint* argumentError)
    {
        DispatchResult outcome;
        try
        {
            var arguments = Read(parameters);
            outcome = table.Invoke(target, dispId, kinds, arguments);
            if (outcome.HResult >= 0)
            {
                WriteBack(arguments, parameters);
                (outcome.Value as DispatchObject)?.OnLateBound();
                if (result != null)
                {
                    VariantWriter.Write(outcome.Value, result);
                }
            }
        }
#pragma warning disable CA1031 // The last line of defence of the COM boundary.
        catch (Exception e)
#pragma warning restore CA1031
        {
            outcome = DispatchResult.Failed(e);
        }

        if (outcome.BadArgument >= 0 && argumentError != null)
        {
            *argumentError = (uint)outcome.BadArgument;
        }

        if (outcome.Error is not { } error)
        {
            return outcome.HResult;
        }

        if (exceptionInfo == null)
        {
            return error.HResult < 0 ? error.HResult : HResults.Fail;
        }

        *exceptionInfo = ExceptionInfo.From(error);
        return HResults.Exception;
    }

    private static DispatchArguments Read(DispatchParameters* parameters)
    {
        if (parameters == null || parameters->Count == 0)
        {
            return DispatchArguments.Empty;
        }

        var values = new object?[parameters->Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = VariantReader.Read(parameters->Values + i);
        }

        return new DispatchArguments(values, new Span<int>(parameters->NamedIds, parameters->NamedCount).ToArray());
    }

    private static void WriteBack(DispatchArguments arguments, DispatchParameters* parameters)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments.IsWritten(i))
            {
                VariantWriter.WriteBack(arguments[i], parameters->Values + i);
            }
        }
    }
}
