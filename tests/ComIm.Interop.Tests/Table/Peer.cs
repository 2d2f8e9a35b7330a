namespace ComIm.Interop.Tests.Table;

/// <summary>Who is on the other side: the columns of tests/INTEROP.md, in their order.</summary>
public enum Peer
{
    Kamailio,
    Linphone,
    Baresip,
    Sipp,
    PidginSipe,
}
