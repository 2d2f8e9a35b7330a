using System.Runtime.InteropServices;

namespace ComIm.Com.Automation.Observables;

/// <summary>Why a promise was rejected.</summary>
[ComVisible(true)]
[Guid(ContractIds.ErrorInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImError
{
    /// <summary>A sentence for people.</summary>
    [DispId(0)]
    string Message { get; }

    /// <summary>The number that <c>Err.Number</c> would have.</summary>
    [DispId(1)]
    int Number { get; }

    /// <summary>The cause in a word, as RecipientUnknown, Timeout or Rejected.</summary>
    [DispId(2)]
    string Code { get; }

    /// <summary>The SIP status; 0 where no server spoke.</summary>
    [DispId(3)]
    int StatusCode { get; }
}
