using System.Runtime.InteropServices;

namespace ComIm.Com.Automation.Observables;

/// <summary>One registration of a callback, or one subscription, which <see cref="Dispose"/> ends.</summary>
[ComVisible(true)]
[Guid(ContractIds.ListenerInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImListener
{
    /// <summary>Ends it: no call begins after this one returns. Doing it twice does nothing.</summary>
    [DispId(1)]
    void Dispose();

    /// <summary>False once it has been disposed of, by the script or because the callback's host is gone.</summary>
    [DispId(2)]
    bool IsActive { get; }

    /// <summary>How many calls were dropped because <see cref="Listener.Capacity"/> of them were waiting already.</summary>
    [DispId(3)]
    int Dropped { get; }

    /// <summary>How many calls ended in an error of the callback.</summary>
    [DispId(4)]
    int Failed { get; }

    /// <summary>What the callback said of its last error; empty where there was none.</summary>
    [DispId(5)]
    string LastError { get; }
}
