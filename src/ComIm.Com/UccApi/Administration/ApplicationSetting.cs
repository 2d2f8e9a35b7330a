namespace ComIm.Com.UccApi.Administration;

/// <summary>
/// What an administrator sets for one application of the UCC API instead of what it sets itself, as texts; null leaves
/// it to the application.
/// </summary>
public sealed record ApplicationSetting
{
    /// <summary>The name of an application that stands for all of them; no application can have it.</summary>
    public const string EveryApplication = "*";

    /// <summary><c>host</c> or <c>host:port</c>.</summary>
    public string? Server { get; init; }

    /// <summary><c>udp</c>, <c>tcp</c> or <c>tls</c>.</summary>
    public string? Transport { get; init; }

    /// <summary>One or more of <c>none</c>, <c>basic</c>, <c>digest</c>, <c>ntlm</c> and <c>kerberos</c>, separated by commas.</summary>
    public string? Authentication { get; init; }

    /// <summary>The user name for every realm.</summary>
    public string? UserName { get; init; }

    /// <summary>The password for every realm.</summary>
    public string? Password { get; init; }

    /// <summary>For logs and listings: whether there is a password, not which.</summary>
    public override string ToString()
    {
        (string What, string? Value)[] parts =
        [
            ("server", Server), ("transport", Transport), ("authentication", Authentication), ("user", UserName),
            ("password", Password == null ? null : "(set)"),
        ];
        return string.Join(", ", parts.Where(p => p.Value != null).Select(p => $"{p.What} {p.Value}"));
    }

    /// <summary>This, and what another has where this has nothing. User name and password go together.</summary>
    internal ApplicationSetting Or(ApplicationSetting other) => new()
    {
        Server = Server ?? other.Server,
        Transport = Transport ?? other.Transport,
        Authentication = Authentication ?? other.Authentication,
        UserName = UserName ?? other.UserName,
        Password = UserName == null ? Password ?? other.Password : Password,
    };
}
