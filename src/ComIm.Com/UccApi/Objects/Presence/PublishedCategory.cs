using System.Xml.Linq;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>A category instance as it was published.</summary>
/// <param name="Name">The category.</param>
/// <param name="ContainerId">The access level that it is published for.</param>
/// <param name="InstanceId">Tells the instances of one category and container apart.</param>
/// <param name="Value">What it says.</param>
/// <param name="Version">Counts the changes.</param>
/// <param name="PublishedTime">When, UTC.</param>
internal sealed record PublishedCategory(string Name, int ContainerId, int InstanceId, XElement Value, int Version, DateTime PublishedTime)
{
    /// <summary>What ends it.</summary>
    public UCC_CATEGORY_INSTANCE_EXPIRE_TYPE ExpireType { get; init; }

    /// <summary>For how many seconds it holds, where time ends it.</summary>
    public int ExpiryTime { get; init; }

    /// <summary>Whether it is the one of these keys.</summary>
    public bool Is(string name, int containerId, int instanceId) => Name == name && ContainerId == containerId && InstanceId == instanceId;
}
