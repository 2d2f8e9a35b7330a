using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>A category of a presentity has come or gone.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccCategoryContextEvent(IUccCategoryContext category, UCC_CATEGORY_REMOVAL_REASON? reason)
    : DispatchObject(UccCoclasses.UccCategoryContextEvent.Dispatch), IUccCategoryContextEvent
{
    public IUccCategoryContext CategoryContext => category;

    /// <summary>Why it has gone, as UCCCCEC_REMOVAL_REASON; empty where it has come.</summary>
    public IUccContext Context { get; } = RemovalReasons.Describe((int)UCC_CATEGORY_CONTEXT_EVENT_CONTEXT.UCCCCEC_REMOVAL_REASON, reason);
}
