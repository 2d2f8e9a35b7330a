using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>An instance of a category has come or gone.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccCategoryInstanceEvent(IUccCategoryInstance instance, UCC_CATEGORY_REMOVAL_REASON? reason)
    : DispatchObject(UccCoclasses.UccCategoryInstanceEvent.Dispatch), IUccCategoryInstanceEvent
{
    public IUccCategoryInstance CategoryInstance => instance;

    /// <summary>Why it has gone, as UCCCCIC_REMOVAL_REASON; empty where it has come.</summary>
    public IUccContext Context { get; } = RemovalReasons.Describe((int)UCC_CATEGORY_INSTANCE_EVENT_CONTEXT.UCCCCIC_REMOVAL_REASON, reason);
}
