namespace ComIm.Sip.Location;

/// <summary>SRV (RFC 2782).</summary>
/// <param name="Priority">The lowest is tried first.</param>
/// <param name="Weight">The share among those of one priority.</param>
/// <param name="Port">The port.</param>
/// <param name="Target">The host; <c>.</c> says that the service is not offered.</param>
internal sealed record SrvData(int Priority, int Weight, int Port, string Target);
