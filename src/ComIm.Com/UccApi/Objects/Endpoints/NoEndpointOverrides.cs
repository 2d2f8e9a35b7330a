namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>Every application gets what it sets.</summary>
internal sealed class NoEndpointOverrides : IEndpointOverrides
{
    public static NoEndpointOverrides Instance { get; } = new();

    public EndpointOverride? Find(string applicationName) => null;
}
