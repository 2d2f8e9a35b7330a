namespace ComIm.Com.Registration;

/// <summary>All that the keys of a registration depend on.</summary>
/// <param name="Files">The files that COM loads or starts.</param>
/// <param name="UccApi">Whether the original UCC API is registered, too.</param>
/// <param name="Process">Where the objects live.</param>
/// <param name="IsWine">Whether Wine reads the keys: its surrogate must be named.</param>
internal sealed record RegistrationPlan(ServerFiles Files, bool UccApi = false, ServerProcess Process = default, bool IsWine = false)
{
    /// <summary>Whether clients of the other bitness reach the server.</summary>
    public bool ServesBoth => Process != ServerProcess.InProcess;
}
