using System.Security.Cryptography;
using System.Text;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>The id of an endpoint, and the name that its registration carries for it (RFC 5626 section 4.1).</summary>
internal static class EndpointId
{
    /// <summary>Takes the application's id, or makes one.</summary>
    /// <returns>The id, and a GUID that is the same whenever the id is.</returns>
    public static (string Id, Guid Instance) Of(string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            var made = Guid.NewGuid();
            return (made.ToString("D"), made);
        }

        return (given, Guid.TryParse(given, out var own) ? own : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(given)).AsSpan(0, 16)));
    }
}
