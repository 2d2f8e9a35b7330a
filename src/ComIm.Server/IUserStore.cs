namespace ComIm.Server;

/// <summary>The users of a domain and their passwords.</summary>
public interface IUserStore
{
    /// <summary>Finds a user's password; null where there is no such user.</summary>
    /// <param name="userName">The user part of the address, compared as RFC 3261 section 19.1.4 does: case-sensitive.</param>
    string? FindPassword(string userName);
}
