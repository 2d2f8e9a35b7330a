using System.Runtime.InteropServices;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>A collection of properties.</summary>
[ClassInterface(ClassInterfaceType.None)]
public sealed class UccPropertyCollection : PropertyObject
{
    /// <summary>Makes an empty collection.</summary>
    public UccPropertyCollection()
        : base(UccCoclasses.UccPropertyCollection.Dispatch)
    {
    }
}
