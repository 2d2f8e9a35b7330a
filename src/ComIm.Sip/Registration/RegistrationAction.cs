namespace ComIm.Sip.Registration;

/// <summary>What a step of <see cref="RegistrationRules"/> asks for.</summary>
public enum RegistrationAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A REGISTER that makes or renews the binding.</summary>
    Send,

    /// <summary>A REGISTER that removes it.</summary>
    SendRemoval,

    /// <summary>The timer, so that the binding is renewed before it ends.</summary>
    SetRefresh,

    /// <summary>The timer, for the next try after a failure.</summary>
    SetBackOff,

    /// <summary>The timer, for a try soon, but not of all clients of a lost server in the same moment.</summary>
    SetSoon,

    /// <summary>No timer any more.</summary>
    StopTimer,
}
