using static ComIm.Sip.Registration.RegistrationAction;
using static ComIm.Sip.Registration.RegistrationInput;
using static ComIm.Sip.Registration.RegistrationState;

namespace ComIm.Sip.Registration;

/// <summary>
/// The state machine of a registration as a table: a state and an input give the next state and the action. A pair that is
/// not listed changes nothing; so a second request never goes out while one is under way (RFC 3261 section 10.2).
/// </summary>
public static class RegistrationRules
{
    /// <summary>One step.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="input">What happened.</param>
    public static RegistrationTransition Next(RegistrationState state, RegistrationInput input) => (state, input) switch
    {
        (_, Close) => new(Unregistered, StopTimer),

        (Unregistered or Rejected, Register) => new(Registering, Send),
        (Registered, Register or TimerDue or Woken) => new(Refreshing, Send),
        (Recovering, Register or TimerDue or Woken) => new(Retrying, Send),

        (Registering or Refreshing or Retrying, Granted) => new(Registered, SetRefresh),

        // Who asks for the first time learns of the failure and decides; later ones are nobody's to see.
        (Registering, Failed or Refused) => new(Unregistered, StopTimer),
        (Refreshing or Retrying, Failed) => new(Recovering, SetBackOff),
        (Refreshing or Retrying, Refused) => new(Rejected, StopTimer),

        (Registered, FlowLost) => new(Registered, SetSoon),

        // While it recovers the old binding may still stand.
        (Registered or Recovering, Unregister) => new(Unregistering, SendRemoval),
        (Rejected, Unregister) => new(Unregistered, StopTimer),

        // A removal that fails is not repeated: what is not renewed ends by itself.
        (Unregistering, Granted or Failed or Refused) => new(Unregistered, StopTimer),

        _ => new(state, None),
    };

    /// <summary>What a final response is to the state machine.</summary>
    /// <param name="outcome">The outcome of a REGISTER.</param>
    public static RegistrationInput InputOf(SipOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.StatusCode switch
        {
            < 300 => Granted,
            _ when outcome.Failure is not null => Failed,

            // A refusal of the person is final; a server in trouble, or no server, is not.
            401 or 403 or 404 or 407 => Refused,
            _ => Failed,
        };
    }
}
