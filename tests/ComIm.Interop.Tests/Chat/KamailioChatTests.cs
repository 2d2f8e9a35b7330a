namespace ComIm.Interop.Tests.Chat;

/// <summary>The same chat suite against Kamailio.</summary>
public sealed class KamailioChatTests(KamailioFixture server) : ChatSuite(server), IClassFixture<KamailioFixture>;
