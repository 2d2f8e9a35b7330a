using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>Why a category has gone, as a property of the event that says so.</summary>
internal static class RemovalReasons
{
    public static UccContext Describe(int propertyId, UCC_CATEGORY_REMOVAL_REASON? reason)
    {
        var context = new UccContext();
        if (reason is { } known)
        {
            context.AddProperty(propertyId, (int)known);
        }

        return context;
    }
}
