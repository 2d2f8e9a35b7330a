namespace ComIm.Sip.Location;

/// <summary>One resource record.</summary>
/// <param name="Name">Whose record it is.</param>
/// <param name="Type">Its type.</param>
/// <param name="TimeToLive">How long it may be remembered.</param>
/// <param name="Data">
/// An <see cref="System.Net.IPAddress"/> for A and AAAA, the other name for CNAME, else <see cref="SrvData"/>,
/// <see cref="NaptrData"/> or <see cref="SoaData"/>.
/// </param>
internal sealed record DnsRecord(string Name, DnsRecordType Type, TimeSpan TimeToLive, object Data);
