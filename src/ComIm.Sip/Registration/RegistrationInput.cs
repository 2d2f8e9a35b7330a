namespace ComIm.Sip.Registration;

/// <summary>What can happen to a registration.</summary>
public enum RegistrationInput
{
    /// <summary>The application asks for the binding.</summary>
    Register,

    /// <summary>The application asks for its removal.</summary>
    Unregister,

    /// <summary>The REGISTER under way was answered by a 2xx.</summary>
    Granted,

    /// <summary>The REGISTER under way failed for a reason that may pass: no answer, no network, a server in trouble.</summary>
    Failed,

    /// <summary>The REGISTER under way was refused for who asks: another try would end the same.</summary>
    Refused,

    /// <summary>The time for the next REGISTER has come.</summary>
    TimerDue,

    /// <summary>The flow to the server is lost (RFC 5626 section 4.4).</summary>
    FlowLost,

    /// <summary>The clock has jumped: the machine was suspended, and nobody knows what became of the binding.</summary>
    Woken,

    /// <summary>The registration is given up; the binding is left to end by itself.</summary>
    Close,
}
