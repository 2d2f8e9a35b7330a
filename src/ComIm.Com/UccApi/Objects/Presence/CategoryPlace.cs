using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>Where a category instance belongs. A publishable one belongs to no presentity; a received one can't be changed.</summary>
/// <param name="Name">The category: <c>state</c>, <c>note</c>, one of the application's own.</param>
/// <param name="ContainerId">The access level that it is published for.</param>
/// <param name="InstanceId">Tells the instances of one category and container apart.</param>
internal sealed record CategoryPlace(string Name, int ContainerId, int InstanceId)
{
    /// <summary>Who published it; null where it is yet to be published.</summary>
    public IUccPresentity? Presentity { get; init; }

    /// <summary>The category that it was received in; null where it is yet to be published.</summary>
    public IUccCategoryContext? Context { get; init; }

    /// <summary>What it was received for or is published to; null where nobody asked.</summary>
    public IUccContainer? Container { get; init; }

    /// <summary>Counts the changes.</summary>
    public int Version { get; init; }

    /// <summary>What ends it.</summary>
    public UCC_CATEGORY_INSTANCE_EXPIRE_TYPE ExpireType { get; init; }

    /// <summary>For how many seconds it holds, where time ends it.</summary>
    public int ExpiryTime { get; init; }

    /// <summary>When it was published, UTC.</summary>
    public DateTime PublishedTime { get; init; }

    /// <summary>Whether this endpoint published it.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Whether it was received although it belongs to no presentity: it is the user's own.</summary>
    public bool IsReceived { get; init; }

    /// <summary>Where its sinks are called in one order with those of the endpoint; null for each by itself.</summary>
    public SinkLane? Lane { get; init; }

    /// <summary>Whether it is the application's to change.</summary>
    public bool IsPublishable => Presentity == null && !IsReceived;

    /// <summary>The same place, to publish a change.</summary>
    public CategoryPlace ToPublishable() => this with { Presentity = null, Context = null, IsReceived = false, Lane = null };
}
