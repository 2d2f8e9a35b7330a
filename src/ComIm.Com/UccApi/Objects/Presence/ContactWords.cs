namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>What an application says of a contact or a group, and a contact list has no place for.</summary>
/// <param name="ExternalUri">Where else they are known.</param>
/// <param name="Extension">The application's own words.</param>
internal sealed record ContactWords(string ExternalUri, string Extension)
{
    /// <summary>Nothing.</summary>
    public static ContactWords None { get; } = new("", "");
}
