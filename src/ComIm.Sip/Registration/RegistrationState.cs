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

    /// <summary>The binding stands, and a REGISTER that renews it is under way.</summary>
    Refreshing,

    /// <summary>The binding may be gone; it is tried again with growing pauses.</summary>
    Recovering,

    /// <summary>The binding may be gone, and a REGISTER that makes it anew is under way.</summary>
    Retrying,

    /// <summary>The REGISTER that removes the binding is under way.</summary>
    Unregistering,

    /// <summary>The server refuses the credentials or the user: it is not tried again.</summary>
    Rejected,
}
