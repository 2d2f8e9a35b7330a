namespace ComIm.Server.Storage;

/// <summary>What became of a message that was to be stored.</summary>
internal enum StoreVerdict
{
    /// <summary>It is on the disk.</summary>
    Stored,

    /// <summary>It is larger than is stored.</summary>
    TooLarge,

    /// <summary>The recipient has too many already.</summary>
    UserFull,

    /// <summary>The recipient has too many of this sender already.</summary>
    SenderFull,

    /// <summary>All together have too many already.</summary>
    Full,

    /// <summary>The disk does not take it: it is full, or broken.</summary>
    Unwritable,
}
