using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace ComIm.Com.Automation.Observables;

/// <summary>Something that is under way. Its default member is the result.</summary>
[ComVisible(true)]
[Guid(ContractIds.PromiseInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
[SuppressMessage("Naming", "CA1716", Justification = "The names of the Skype Web SDK.")]
public interface IComImPromise
{
    /// <summary>The result; Empty until it is there.</summary>
    [DispId(0)]
    object? Result { get; }

    /// <summary>Calls back when it has ended; also where it has already.</summary>
    /// <param name="ok">Gets (result); what it gives is the result of the promise returned. Null where nobody listens.</param>
    /// <param name="failed">Gets (error), an <see cref="IComImError"/>; likewise. Null where nobody listens.</param>
    /// <returns>A promise of what the callback gives; rejected where it throws, or where this one fails and nobody listens.</returns>
    [DispId(1)]
    IComImPromise Then(object? ok = null, object? failed = null);

    /// <summary>
    /// Waits until it has ended. Callbacks and events are delivered and window messages handled meanwhile. A failure is
    /// raised as an error, and so is the end of the time (0x800705B4).
    /// </summary>
    /// <param name="timeoutMs">How long, in milliseconds; -1 waits for ever.</param>
    /// <returns>The result.</returns>
    [DispId(2)]
    object? Wait(int timeoutMs = -1);

    /// <summary>Pending, Fulfilled or Rejected.</summary>
    [DispId(3)]
    string State { get; }

    /// <summary>Why it was rejected; Nothing where it was not.</summary>
    [DispId(4)]
    IComImError? Error { get; }
}
