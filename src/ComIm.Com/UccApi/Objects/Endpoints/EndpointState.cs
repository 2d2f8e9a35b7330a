namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>Where an endpoint stands. There is no way back: who was disabled, or failed to be enabled, stays so.</summary>
internal enum EndpointState
{
    /// <summary>Made, to be set up and enabled.</summary>
    Created,

    /// <summary>It registers.</summary>
    Enabling,

    /// <summary>Registered, or registering again after a loss.</summary>
    Enabled,

    /// <summary>It ends its sessions and its registration.</summary>
    Disabling,

    /// <summary>Over.</summary>
    Disabled,
}
