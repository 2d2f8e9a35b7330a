using System.Runtime.InteropServices;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>Properties that go with an operation, a session, a participant or an endpoint.</summary>
[ComVisible(true)]
[Guid(UccClassIds.UccContext)]
[ClassInterface(ClassInterfaceType.None)]
public class UccContext : PropertyObject, IUccContext
{
    /// <summary>Makes an empty context.</summary>
    public UccContext()
        : base(UccCoclasses.UccContext.Dispatch)
    {
    }
}
