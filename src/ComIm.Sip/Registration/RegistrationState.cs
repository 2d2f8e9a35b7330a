namespace ComIm.Sip.Registration;

/// <summary>Where a registration stands.</summary>
public enum RegistrationState
{
    /// <summary>Not begun, or removed.</summary>
    Unregistered,

    /// <summary>The first REGISTER is under way.</summary>
    Registering,

    /// <summary>The binding stands; it is refreshed in time.</summary>
    Registered,

    /// <summary>The binding may be gone; it is tried again with growing pauses.</summary>
    Recovering,

    /// <summary>The server refuses the credentials or the user: it is not tried again.</summary>
    Rejected,
}
