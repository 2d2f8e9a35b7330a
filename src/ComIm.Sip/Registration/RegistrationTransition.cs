namespace ComIm.Sip.Registration;

/// <summary>One step of the registration's state machine.</summary>
/// <param name="Next">The state afterwards.</param>
/// <param name="Action">What is done on the way.</param>
public readonly record struct RegistrationTransition(RegistrationState Next, RegistrationAction Action);
