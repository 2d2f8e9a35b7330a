using System.Runtime.InteropServices;
using ComIm.Client;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Observables;

/// <summary>A failure as scripts see it.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImError))]
internal sealed class Error(int number, string code, string message, int statusCode = 0) : DispatchObject, IComImError
{
    public string Message { get; } = message;

    public int Number { get; } = number;

    public string Code { get; } = code;

    public int StatusCode { get; } = statusCode;

    /// <summary>The failure behind an exception.</summary>
    public static Error Of(Exception exception) => exception switch
    {
        ImException e => new Error(ErrorTable.ToHResult(e.Error, e.StatusCode), e.Error.ToString(), e.Message, e.StatusCode),
        OperationCanceledException => new Error(HResults.Abort, "Aborted", "The operation was given up."),
        ArgumentException e => new Error(HResults.InvalidArgument, "BadArgument", e.Message),
        HResultException e => new Error(e.HResult, "Failed", e.Message),
        _ => new Error(exception.HResult < 0 ? exception.HResult : HResults.Fail, "Failed", exception.Message),
    };

    /// <summary>The failure of a callback.</summary>
    public static Error Of(CallResult result) =>
        new(result.HResult, "CallbackFailed", result.Description ?? "A callback failed.");

    public HResultException ToException() => new(Number, Message);
}
