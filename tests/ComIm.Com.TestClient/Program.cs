namespace ComIm.Com.TestClient;

/// <summary>TestClient SERVER USER@DOMAIN PASSWORD PEER TRANSPORT; ends with "TestClient: done".</summary>
internal static class Program
{
    [STAThread]
    private static int Main(string[] args)
    {
        try
        {
            new Chat(args).Run();
            Console.WriteLine("TestClient: done");
            return 0;
        }
#pragma warning disable CA1031 // Whatever it was, the test wants to read it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Console.WriteLine("TestClient: failed: " + e);
            return 1;
        }
    }
}
