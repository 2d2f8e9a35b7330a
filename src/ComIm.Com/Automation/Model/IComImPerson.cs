using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation.Model;

/// <summary>A person, in whatever conversations.</summary>
[ComVisible(true)]
[Guid(ContractIds.PersonInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImPerson
{
    /// <summary>The SIP address.</summary>
    [DispId(1)]
    IComImProperty Id { get; }

    /// <summary>The name.</summary>
    [DispId(2)]
    IComImProperty DisplayName { get; }

    /// <summary>
    /// Unknown, Offline, Online, Away, BeRightBack, Busy or DoNotDisturb. It is followed while somebody listens to it or subscribes;
    /// <c>get</c> asks the server where nobody does. Of oneself it can be set.
    /// </summary>
    [DispId(3)]
    IComImProperty Status { get; }

    /// <summary>What the person is doing, as Meeting or OnThePhone; Empty where nothing is said. Followed as the status is; of oneself it can be set.</summary>
    [DispId(4)]
    IComImProperty Activity { get; }

    /// <summary>What the person has written of it.</summary>
    [DispId(5)]
    IComImNote Note { get; }
}
