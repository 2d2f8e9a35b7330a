namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>
/// The settings by which an administrator makes an application that cannot be changed fit a server of today: one that
/// allows only NTLM, or names a server that is gone.
/// </summary>
internal interface IEndpointOverrides
{
    /// <summary>What is set for an application; null for nothing. Asked each time an endpoint is enabled or looks for its server.</summary>
    /// <param name="applicationName">The name given to <c>IUccPlatform.Initialize</c>.</param>
    EndpointOverride? Find(string applicationName);
}
