namespace ComIm.Com.Registration;

/// <summary>The COM server cannot be registered or unregistered. The message says what to do.</summary>
public sealed class RegistrationException : InvalidOperationException
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="inner">The cause beneath.</param>
    public RegistrationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
