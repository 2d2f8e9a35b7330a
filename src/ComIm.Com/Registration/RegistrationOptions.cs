namespace ComIm.Com.Registration;

/// <summary>What is registered beside ComIm's own classes.</summary>
public sealed record RegistrationOptions
{
    /// <summary>For whom.</summary>
    public RegistrationScope Scope { get; init; }

    /// <summary>
    /// The original CLSIDs, type library and interfaces of the UCC API as well, so that its applications run on ComIm.
    /// What stood there is remembered, and comes back when this is unregistered.
    /// </summary>
    public bool UccApi { get; init; }

    /// <summary>Whether a process of its own serves clients, and which.</summary>
    public ServerProcess Process { get; init; }
}
