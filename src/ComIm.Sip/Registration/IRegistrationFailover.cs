namespace ComIm.Sip.Registration;

/// <summary>Finds the server of a registration that has stood, and moves the user agent to it.</summary>
public interface IRegistrationFailover
{
    /// <summary>Asks one server after another until one has an answer.</summary>
    /// <param name="isLost">Whether the server asked last has failed before; false for a registration that is only renewed.</param>
    /// <param name="attempt">Asks the server that the user agent sends to at the time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The outcome that counts.</returns>
    /// <exception cref="Transport.SipTransportException">There is no way to any of them.</exception>
    Task<SipOutcome> RegisterAsync(bool isLost, Func<CancellationToken, Task<SipOutcome>> attempt, CancellationToken cancellationToken);
}
