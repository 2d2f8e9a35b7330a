using System.Runtime.InteropServices;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>A collection of properties.</summary>
[ComVisible(true)]
[Guid(UccClassIds.UccPropertyCollection)]
[ClassInterface(ClassInterfaceType.None)]
public class UccPropertyCollection : PropertyObject
{
    /// <summary>Makes an empty collection.</summary>
    public UccPropertyCollection()
        : base(UccCoclasses.UccPropertyCollection.Dispatch)
    {
    }
}
